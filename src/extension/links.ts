/** Opening a link of a mail: only what leads to the web or to mail, and only as the person wants it. */
import * as vscode from "vscode";

/** Longer ones are no links that a person follows. */
const MAX_URL = 8 * 1024;
const SCHEMES: ReadonlySet<string> = new Set(["https:", "http:", "mailto:"]);

/** The address a link leads to, when it is one that may be opened. */
export function openableLink(url: string): URL | undefined {
  if (url.length > MAX_URL) return undefined;
  try {
    const parsed = new URL(url);
    return SCHEMES.has(parsed.protocol) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** What has to be asked first: VS Code asks for web addresses itself, not for a claim of the mail's text. */
function question(link: URL, claimed: string | undefined): { message: string; detail: string } | undefined {
  if (claimed !== undefined) {
    const message = vscode.l10n.t("The link leads to {0}, though its text says {1}.", link.host, claimed);
    return { message, detail: link.href };
  }
  if (link.protocol !== "mailto:") return undefined;
  return { message: vscode.l10n.t("Write a mail in the mail program?"), detail: link.href };
}

/**
 * Opens a link outside of VS Code.
 * @param claimed the host that the link's text names, where it is another one
 * @returns whether it was opened
 */
export async function openLink(url: string, claimed: string | undefined): Promise<boolean> {
  const link = openableLink(url);
  if (link === undefined) return false;
  const asked = question(link, claimed);
  if (asked) {
    const open = vscode.l10n.t("Open");
    const answer = await vscode.window.showWarningMessage(
      asked.message,
      { modal: true, detail: asked.detail },
      open,
    );
    if (answer !== open) return false;
  }
  return vscode.env.openExternal(vscode.Uri.parse(link.href, true));
}
