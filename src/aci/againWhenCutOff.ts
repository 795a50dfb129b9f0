/**
 * Makes a request again that lost its connection: a server closes one that was idle at the very moment at which it is used.
 * For requests alone that may be made twice.
 */
export async function againWhenCutOff<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (cause) {
    const { statusCode, name } = (cause ?? {}) as { statusCode?: number; name?: string };
    if (statusCode !== undefined || name !== 'RestError') {
      throw cause;
    }
    return request();
  }
}
