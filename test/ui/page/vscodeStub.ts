/** The part of VS Code's API that the host's models use, for a browser without VS Code: texts stay English. */

type Argument = string | number | boolean;

/** Puts arguments into a text, as VS Code does. */
function fill(message: string, ...args: readonly Argument[]): string {
  return message.replace(/\{(\d+)\}/g, (whole, index: string) => {
    const argument = args[Number(index)];
    return argument === undefined ? whole : String(argument);
  });
}

export const l10n = { t: fill, bundle: undefined };
export const env = { language: "en", openExternal: (): Promise<boolean> => Promise.resolve(true) };
export const Uri = { parse: (text: string): string => text };
export const window = { showWarningMessage: (): Promise<undefined> => Promise.resolve(undefined) };
