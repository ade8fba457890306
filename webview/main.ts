/** Starts the page. */
import { App, type WebviewApi } from "./app";
import "./main.css";
import { registerControls } from "./ui/controls";

declare function acquireVsCodeApi(): WebviewApi;

registerControls();
const root = document.getElementById("app");
if (root !== null) void new App(root, acquireVsCodeApi()).start();
