/** The HTML of the page: nothing in it but our own script and styles. */
import * as vscode from "vscode";

function nonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The folder the page may load from. */
export function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist", "webview");
}

/**
 * The document of a webview. `page` is the name of its script and styles. In Restricted Mode its policy keeps the network
 * out whatever the page asks for, and the page is told by `data-restricted`.
 */
export function pageHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  page: "main" | "compare" = "main",
  isTrusted = vscode.workspace.isTrusted,
): string {
  const resource = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extensionUri), name)).toString();
  const key = nonce();
  // The toolkit puts its styles into shadow roots by script, so styles cannot be bound to a nonce.
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `font-src ${webview.cspSource}`,
    // Remote pictures are for the frame of a mail alone, whose own policy lets them in when a person asks for them.
    isTrusted && page === "main" ? "img-src data: blob: https: http:" : "img-src data: blob:",
    `script-src 'nonce-${key}'`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${resource("codicon.css")}">
<link rel="stylesheet" href="${resource(`${page}.css`)}">
<title>MSG Session</title>
</head>
<body${isTrusted ? "" : ' data-restricted="true"'}>
<div id="app"></div>
<script nonce="${key}" src="${resource(`${page}.js`)}"></script>
</body>
</html>`;
}
