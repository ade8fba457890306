// VS Code in a browser, for tests that go a person's way.
export { currentSession, type ServerOptions, type UiSession, type VsCodeServer } from "./session";
export { type LaunchOptions, type ThemeKind, VsCodePage, withVsCode } from "./vsCodePage";
export { until } from "./waiting";
export { type Settings, Workspace } from "./workspace";
