/** The part of IAttach that is about properties: [MS-OXCMSG] 2.2.2. */
import { propId } from "../mapi/propertyTypes";
import {
  PR_ACCESS,
  PR_ACCESS_LEVEL,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_METHOD,
  PR_ATTACH_NUM,
  PR_ATTACH_SIZE,
  PR_OBJECT_TYPE,
  PR_RECORD_KEY,
  PR_RENDERING_POSITION,
  PR_STORE_SUPPORT_MASK,
} from "../mapi/tags";
import type { CodePage } from "../text/types";
import { COMPUTED_OF_ATTACHMENT } from "./computed";
import {
  NO_ATTACHMENT,
  OUTLOOK_STORE_SUPPORT_MASK,
  PROPATTR_MANDATORY,
  PROPATTR_READABLE,
} from "./constants";
import type { MessageObject } from "./message";
import { attachRecordKey } from "./numbering";
import { DEFAULT_FLAGS, makeObjectRecord, type PropertyRecord } from "./propertyRecord";
import { PropObject } from "./propObject";
import { putRecord, withoutId } from "./recordList";
import { sizeOfAttachment } from "./size";
import type { AttachState } from "./state";
import type { PropValue } from "./types";

const MAPI_ATTACH = 7;
const ACCESS_READ = 2;
/** Flags of the two properties that every attachment must have. */
export const REQUIRED = DEFAULT_FLAGS | PROPATTR_MANDATORY;

/** Properties of an open attachment. */
export abstract class AttachContent extends PropObject<AttachState> {
  protected override readonly computedIds = COMPUTED_OF_ATTACHMENT;

  constructor(
    readonly parent: MessageObject,
    readonly key: number,
    state: AttachState,
  ) {
    super(parent.file, state);
  }

  get number(): number {
    return this.parent.attachNumber(this.key);
  }

  get codePage(): CodePage {
    return this.parent.codePage;
  }

  get unicode(): boolean {
    return this.parent.unicode;
  }

  override get container(): MessageObject {
    return this.parent;
  }

  /** The attachment's content as it stands, saved or not. */
  get state(): AttachState {
    return this.current;
  }

  override assertWriteable(): void {
    super.assertWriteable();
    this.parent.assertWriteable();
  }

  /** The attachment as last written to the file. */
  protected baselineState(): AttachState | undefined {
    return this.parent.baselineAttachment(this.key);
  }

  protected baselineRecords(): readonly PropertyRecord[] {
    return this.baselineState()?.records ?? [];
  }

  /** Sets what MAPI gives every new attachment. */
  initialize(number: number): void {
    this.putComputed(PR_ATTACH_NUM, number, PROPATTR_READABLE);
    this.putComputed(PR_OBJECT_TYPE, MAPI_ATTACH, PROPATTR_READABLE);
    this.putComputed(PR_ACCESS, ACCESS_READ, PROPATTR_READABLE);
    this.putComputed(PR_ACCESS_LEVEL, 0, PROPATTR_READABLE);
    if (this.unicode) this.putComputed(PR_STORE_SUPPORT_MASK, OUTLOOK_STORE_SUPPORT_MASK, PROPATTR_READABLE);
    this.putComputed(PR_RECORD_KEY, attachRecordKey(number), PROPATTR_READABLE);
    this.putComputed(PR_ATTACH_METHOD, NO_ATTACHMENT, REQUIRED);
    this.putComputed(PR_RENDERING_POSITION, -1, REQUIRED);
  }

  protected computeValue(tag: number): PropValue | undefined {
    if (tag !== PR_ATTACH_SIZE) return undefined;
    return { tag, value: Math.min(sizeOfAttachment(this.current), 0x7fffffff) };
  }

  /** Puts the entry of an embedded message or OLE storage in. */
  putObjectRecord(kind: number): void {
    const record = makeObjectRecord(PR_ATTACH_DATA_OBJ, kind);
    const others = withoutId(this.current.records, propId(PR_ATTACH_DATA_OBJ));
    this.setRecords(putRecord(others, record, this.baselineRecords()));
  }
}
