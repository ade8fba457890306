/** The Storage view: the compound file as it was last saved, storage by storage, with the bytes of each stream. */
import type { StorageModel } from "../../src/protocol/storage";
import type { SessionModel } from "../../src/protocol/viewModel";
import { h, icon, setDataText } from "../dom";
import { runReported } from "../page";
import { t } from "../strings";
import { iconButton } from "../ui/controls";
import { FilterField } from "../ui/filterField";
import { TableView } from "../ui/tableView";
import { splitter } from "../ui/splitter";
import { visibleText } from "../visibleText";
import type { View, ViewContext } from "../views/view";
import { HexWindow } from "./hexWindow";
import { filteredItems, foldedAtFirst, visibleItems, type StorageItem } from "./model";

const INDENT = 12;
const DETAIL_HEIGHT = 260;
const MIN_DETAIL = 96;
const MIN_TABLE = 120;

const plain =
  (of: (item: StorageItem) => string) =>
  (cell: HTMLElement, item: StorageItem): void => {
    cell.append(of(item));
  };

function drawName(cell: HTMLElement, { row, level, expanded }: StorageItem): void {
  const label = h("span", { class: "cell-text isolate" });
  setDataText(label, row.name);
  const twistie =
    expanded === undefined
      ? h("span", { class: "twistie" })
      : icon(expanded ? "chevron-down" : "chevron-right", "twistie");
  cell.style.paddingInlineStart = `${4 + (level - 1) * INDENT}px`;
  cell.append(twistie, icon(row.type === "storage" ? "folder" : "file-binary", "node-icon"), label);
  cell.title = visibleText(row.name);
}

function placeText({ row }: StorageItem): string {
  if (row.place === undefined) return "";
  return t(row.place === "mini" ? "storageMini" : "storageRegular");
}

/** The view. */
export class StorageView implements View {
  readonly element: HTMLElement;
  readonly #filter: FilterField;
  readonly #facts = h("span", { class: "view-count storage-facts" });
  readonly #note = h("div", { class: "view-note", role: "status" });
  readonly #table: TableView<StorageItem>;
  readonly #title = h("h2", { class: "detail-title isolate" });
  readonly #actions = h("div", { class: "detail-toolbar" });
  readonly #about = h("dl", { class: "storage-about" });
  readonly #hex: HexWindow;
  readonly #empty = h("p", { class: "dim storage-empty" });
  readonly #detail: HTMLElement;
  readonly #splitter: { element: HTMLElement; refresh(): void };
  #model: StorageModel | undefined;
  #folded = new Set<number>();
  #shown: { readonly stamp: number; readonly id: number } | undefined;
  #asked = 0;
  #detailHeight = DETAIL_HEIGHT;

  constructor(private readonly context: ViewContext) {
    const { page } = context;
    this.#filter = new FilterField({
      label: t("storageFilterLabel"),
      placeholder: t("storageFilter"),
      pane: "storageFilter",
      changed: () => this.#draw(),
      leave: () => this.#table.focus(),
    });
    this.#hex = new HexWindow(t("storageNothing"), (error) => page.report(error));
    this.#table = this.#makeTable();
    this.#detail = h(
      "section",
      { class: "view-detail storage-detail", id: "storage-detail", "aria-label": t("bytes") },
      h("div", { class: "detail-head" }, this.#title, this.#actions),
      this.#about,
      this.#empty,
      this.#hex.element,
    );
    const place = h("div", { class: "table-place" }, this.#table.element);
    this.#splitter = splitter({
      orientation: "horizontal",
      before: false,
      controls: "storage-detail",
      get: () => this.#detail.getBoundingClientRect().height,
      set: (height) => {
        this.#detailHeight = height;
        this.#applySize();
      },
      limits: () => ({ min: MIN_DETAIL, max: this.element.clientHeight - MIN_TABLE }),
      initial: DETAIL_HEIGHT,
    });
    this.element = h(
      "div",
      { class: "table-view" },
      h("div", { class: "toolbar" }, this.#filter.element, this.#facts),
      this.#note,
      place,
      this.#splitter.element,
      this.#detail,
    );
    this.#applySize();
    this.#drawDetail();
  }

  /** @inheritdoc */
  update(model: SessionModel): void {
    this.#note.textContent = "";
    void this.#load(model.header.changes > 0);
  }

  /** @inheritdoc */
  show(): void {
    this.#table.refresh();
    this.#splitter.refresh();
  }

  /** @inheritdoc */
  hide(): void {
    this.#asked++;
  }

  /** @inheritdoc */
  focus(): void {
    this.#table.focus();
  }

  /** @inheritdoc */
  find(): void {
    this.#filter.focus();
  }

  #applySize(): void {
    this.element.style.setProperty("--view-detail-height", `${this.#detailHeight}px`);
  }

  async #load(hasChanges: boolean): Promise<void> {
    const asked = ++this.#asked;
    try {
      const model = await this.context.page.host.request("getStorage", {});
      if (asked !== this.#asked) return;
      if (model.stamp !== this.#model?.stamp) {
        this.#model = model;
        this.#folded = foldedAtFirst(model.elements);
      }
      this.#note.textContent = model.isNew ? t("storageNew") : hasChanges ? t("storageUnsaved") : "";
      this.#draw();
    } catch (error: unknown) {
      if (asked === this.#asked) this.context.page.report(error);
    }
  }

  #makeTable(): TableView<StorageItem> {
    return new TableView<StorageItem>({
      label: t("storageLabel"),
      name: "storage",
      columns: [
        { id: "name", label: t("storageColumnName"), track: "minmax(180px, 1.2fr)", draw: drawName },
        {
          id: "meaning",
          label: t("storageColumnMeaning"),
          track: "minmax(100px, 1fr)",
          draw: (cell, { row }) => {
            const label = h("span", { class: "cell-text isolate" });
            setDataText(label, row.meaning);
            cell.append(label);
            cell.title = visibleText(row.meaning);
          },
        },
        {
          id: "size",
          label: t("storageColumnSize"),
          track: "96px",
          draw: plain(({ row }) => (row.type === "stream" ? row.size.toLocaleString() : "")),
        },
        { id: "place", label: t("storageColumnPlace"), track: "72px", draw: plain(placeText) },
        {
          id: "sector",
          label: t("storageColumnSector"),
          track: "80px",
          draw: plain(({ row }) => row.firstSector?.toLocaleString() ?? ""),
        },
      ],
      key: ({ row }) => String(row.id),
      text: ({ row }) => row.meaning || row.name,
      level: ({ level }) => level,
      expanded: ({ expanded }) => expanded,
      setExpanded: ({ row }, expanded) => {
        if (expanded) this.#folded.delete(row.id);
        else this.#folded.add(row.id);
        this.#draw();
      },
      activeChanged: () => this.#drawDetail(),
      open: () => this.#hex.element.focus(),
      leave: () => this.#filter.focus(),
    });
  }

  #draw(): void {
    const model = this.#model;
    if (model === undefined) return;
    const { elements } = model;
    const streams = elements.filter(({ type }) => type === "stream");
    this.#facts.textContent = t(
      "storageFacts",
      model.majorVersion,
      model.sectorSize.toLocaleString(),
      (elements.length - streams.length).toLocaleString(),
      streams.length.toLocaleString(),
      streams.reduce((sum, { size }) => sum + size, 0).toLocaleString(),
    );
    this.#facts.title = this.#facts.textContent;
    const filter = this.#filter.value.trim();
    this.#table.setItems(
      filter === "" ? visibleItems(elements, this.#folded) : filteredItems(elements, filter),
    );
    this.#drawDetail();
  }

  #drawDetail(): void {
    const row = this.#table.active?.row;
    const stamp = this.#model?.stamp ?? 0;
    if (row !== undefined && this.#shown?.id === row.id && this.#shown.stamp === stamp) return;
    this.#shown = row === undefined ? undefined : { stamp, id: row.id };
    const isStream = row?.type === "stream";
    setDataText(this.#title, row === undefined ? t("storageNothing") : row.meaning || row.name);
    this.#actions.replaceChildren(
      ...(row !== undefined && isStream
        ? [iconButton(t("storageSave"), "save-as", () => this.#save(stamp, row.id))]
        : []),
    );
    const facts: readonly (readonly [string, string | undefined])[] = [
      [t("storageColumnName"), row?.name],
      [t("storageClsid"), row?.clsid],
      [t("storageCreated"), row?.created],
      [t("storageModified"), row?.modified],
      [t("storageState"), row?.stateBits],
      [
        t("storageOffset"),
        row?.offset === undefined ? undefined : `0x${row.offset.toString(16).toUpperCase()}`,
      ],
      [t("storagePieces"), (row?.pieces ?? 0) > 1 ? row?.pieces?.toLocaleString() : undefined],
    ];
    this.#about.replaceChildren(
      ...facts.flatMap(([label, value]) => {
        if (value === undefined) return [];
        const content = h("dd", { class: "isolate" });
        setDataText(content, value);
        return [h("div", {}, h("dt", {}, label), content)];
      }),
    );
    const isEmpty = isStream && row.size === 0;
    this.#empty.textContent = isEmpty ? t("storageEmptyStream") : "";
    this.#hex.element.hidden = !isStream || isEmpty;
    this.#hex.setSource(
      row === undefined || !isStream
        ? undefined
        : { size: row.size, read: (offset, length) => this.#read(stamp, row.id, offset, length) },
      t("storageHexLabel", row === undefined ? "" : row.meaning || row.name),
    );
  }

  async #read(stamp: number, id: number, offset: number, length: number): Promise<Uint8Array> {
    const { bytes } = await this.context.page.host.request("readStream", { stamp, id, offset, length });
    return bytes;
  }

  #save(stamp: number, id: number): void {
    runReported(this.context.page, () => this.context.page.host.request("saveStreamAs", { stamp, id }));
  }
}
