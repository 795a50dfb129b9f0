/** The blocks of code in a Markdown document, of one language. */
export function codeBlocks(markdown: string, language: string): string[] {
  const block = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms');
  return [...markdown.matchAll(block)].map(([, text]) => text ?? '');
}
