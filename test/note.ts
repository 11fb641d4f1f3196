/** Shows a text in the report of the test run although the test passes: figures that people want to see. */
export function note(text: string): void {
  for (const line of text.split('\n')) console.log(`note: ${line}`);
}
