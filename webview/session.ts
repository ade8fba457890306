/** The page of a session: the header with the switch between the views, and the view that is shown. */
import type { InitResult, RevealEvent, RowsResult } from "../src/protocol/messages";
import type { SessionModel } from "../src/protocol/viewModel";
import type { PageCommand, ViewId } from "../src/protocol/views";
import type { BannerArea } from "./banners";
import { HeaderView } from "./header";
import type { Page } from "./page";
import { Frame } from "./views/frame";
import { firstView } from "./views/firstView";
import { VIEWS } from "./views/registry";
import { t } from "./strings";
import { Selection } from "./views/selection";
import { inOrder, ViewSwitch } from "./views/switch";
import type { View, ViewContext } from "./views/view";

/** What of the first answer stays the same as long as the page lives. */
export type SessionSetup = Pick<InitResult, "types" | "defaultView" | "columns">;

/** The page of a session. */
export class SessionPage {
  readonly #header: HeaderView;
  readonly #switch: ViewSwitch;
  readonly #frame: Frame;
  readonly #context: ViewContext;
  readonly #views = new Map<ViewId, View>();
  #model: SessionModel;
  /** The view that can be seen; none before `start`. */
  #shown: ViewId | undefined;
  #switches = 0;

  constructor(
    private readonly page: Page,
    private readonly banners: BannerArea,
    private readonly setup: SessionSetup,
    model: SessionModel,
  ) {
    this.#model = model;
    this.#context = {
      page,
      selection: new Selection(model.tree, page.state),
      types: setup.types,
      columns: setup.columns,
      showView: (id) => this.showView(id),
      reveal: (target) => this.reveal(target),
      showChanges: () => void this.#showChanges(),
    };
    this.#switch = new ViewSwitch(VIEWS, (id) => void this.showView(id));
    this.#header = new HeaderView(() => void this.#showChanges(), this.#switch.element);
    const ids = inOrder(VIEWS).map(({ id }) => id);
    this.#frame = new Frame(this.#header.element, banners.element, ids);
  }

  /** The page's element. */
  get element(): HTMLElement {
    return this.#frame.element;
  }

  /** Shows the first view; once the page is in the document. */
  start(): void {
    const ids = VIEWS.map(({ id }) => id);
    this.#drawHeader();
    this.#put(firstView(ids, this.page.state.value.view, this.setup.defaultView));
  }

  /** Takes a new model, with the rows of the object that was asked for last when they came along. */
  update(model: SessionModel, rows?: RowsResult): void {
    this.#model = model;
    this.#context.selection.setTree(model.tree);
    this.#drawHeader();
    this.#view?.update(model, rows);
  }

  /** Goes to a view, when the one that is shown has nothing unwritten left; the stored state remembers it. */
  async showView(id: ViewId): Promise<void> {
    const request = ++this.#switches;
    if (id === this.#shown || !VIEWS.some((entry) => entry.id === id)) return;
    const mayLeave = (await this.#view?.mayLeave?.()) ?? true;
    // While the last value was being written another view may have been asked for.
    if (!mayLeave || request !== this.#switches) return;
    this.#put(id);
    this.page.state.update({ view: id });
  }

  /** Does what a command of VS Code asks for. */
  async run(command: PageCommand): Promise<void> {
    if (command.kind === "copy") {
      if (this.#view?.copy?.(command.format) !== true) this.page.report(new Error(t("copyNothing")));
      return;
    }
    await this.showView(command.view);
    // The palette had the focus: it goes to where the command led.
    if (this.#shown === command.view) this.#view?.focus();
  }

  /** Goes to an object and a property in the Properties view. */
  async reveal(target: Pick<RevealEvent, "object" | "tag">): Promise<void> {
    await this.showView("properties");
    if (this.#shown === "properties") await this.#view?.reveal?.(target);
  }

  /** Draws again: whether anything can be edited has changed. */
  refresh(): void {
    this.#drawHeader();
    this.#view?.refresh?.();
  }

  /** Goes to the search of the view that is shown; says whether it has one. */
  find(): boolean {
    const view = this.#view;
    if (view?.find === undefined) return false;
    view.find();
    return true;
  }

  /** Writes whatever is being edited. */
  commitEditing(): void {
    this.#view?.commitEditing?.();
  }

  get #view(): View | undefined {
    return this.#shown === undefined ? undefined : this.#views.get(this.#shown);
  }

  #drawHeader(): void {
    this.#header.update(this.#model.header, this.page.readOnlyReason());
    this.banners.update(this.#model.banners);
  }

  #put(id: ViewId): void {
    const view = this.#views.get(id) ?? VIEWS.find((entry) => entry.id === id)?.create(this.#context);
    if (view === undefined) return;
    this.#view?.hide();
    this.#views.set(id, view);
    this.#shown = id;
    this.#switch.update(id);
    this.#frame.show(id, view.element);
    view.update(this.#model);
    view.show();
  }

  async #showChanges(): Promise<void> {
    await this.showView("properties");
    if (this.#shown === "properties") await this.#view?.showChanges?.();
  }
}
