/** Data files that the bundler turns into strings; build/lib/esbuild.mjs lists the same extensions. */
declare module '*.txt' {
  const text: string;
  export default text;
}

declare module '*.sh' {
  const text: string;
  export default text;
}

declare module '*.conf' {
  const text: string;
  export default text;
}
