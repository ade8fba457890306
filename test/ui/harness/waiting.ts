/** Asks until the answer is true; throws with the name of what was waited for after `timeout` milliseconds. */
export async function until(
  what: string,
  condition: () => Promise<boolean> | boolean,
  timeout = 20_000,
): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
