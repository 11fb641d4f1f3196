/** A function that runs steps by name and shows when each began and how long it took. */
export function makeProgress(name) {
  const start = performance.now();
  const elapsed = () => seconds(performance.now() - start).padStart(7);
  return async function step(title, work) {
    const began = performance.now();
    console.log(`${name}: ${elapsed()}  ${title} ...`);
    const result = await work();
    console.log(`${name}: ${elapsed()}  ${title}: done in ${seconds(performance.now() - began)}`);
    return result;
  };
}

/** Milliseconds as seconds for people. */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
