/** Who asks for something: a server on this machine, and the same for a page that cannot reach one. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";

/** The server. */
export interface Recorder {
  readonly url: URL;
  /** Method and path of every request there was. */
  readonly hits: string[];
  close(): Promise<void>;
}

/** A picture of one red point. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);

/** Starts one; every path is a picture that anybody may read. */
export async function startRecorder(): Promise<Recorder> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method ?? ""} ${request.url ?? ""}`);
    response.writeHead(200, { "content-type": "image/png", "access-control-allow-origin": "*" });
    response.end(PNG);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    hits,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Notes every request of a page to a server that there is not, by either protocol, and answers it with a picture. */
export async function recordRequests(page: Page, server: URL): Promise<string[]> {
  const hits: string[] = [];
  await page.context().route(
    (url) => url.hostname === server.hostname,
    async (route) => {
      const request = route.request();
      hits.push(`${request.method()} ${new URL(request.url()).pathname}`);
      await route.fulfill({ contentType: "image/png", body: PNG });
    },
  );
  return hits;
}
