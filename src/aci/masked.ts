/** Stands for a value that nobody is shown. */
export const masked = '(secure)';
