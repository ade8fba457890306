import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { currentSession } from "./session";

/** Settings of a workspace, by their names. */
export type Settings = Readonly<Record<string, unknown>>;

/** A folder of a test's own, opened in VS Code. */
export class Workspace {
  private settings: Settings = {};

  private constructor(readonly folder: string) {}

  /** Makes a folder with these files and settings. */
  static async create(
    files: Readonly<Record<string, Uint8Array | string>>,
    settings: Settings,
  ): Promise<Workspace> {
    const workspace = new Workspace(await currentSession().temporaryFolder());
    for (const [name, content] of Object.entries(files)) await workspace.write(name, content);
    await workspace.configure(settings);
    return workspace;
  }

  /** The absolute path of a file in the folder. */
  path(name: string): string {
    return path.join(this.folder, name);
  }

  /** Writes a file, as another program would. */
  async write(name: string, content: Uint8Array | string): Promise<void> {
    await mkdir(path.dirname(this.path(name)), { recursive: true });
    await writeFile(this.path(name), content);
  }

  /** What a file holds now. */
  async read(name: string): Promise<Uint8Array> {
    return new Uint8Array(await readFile(this.path(name)));
  }

  /** Adds to the workspace's settings; VS Code takes them on by itself. */
  async configure(settings: Settings): Promise<void> {
    this.settings = { ...this.settings, ...settings };
    await this.write(".vscode/settings.json", JSON.stringify(this.settings, undefined, 2));
  }
}
