/** Where damage goes: plain opening refuses the file at the first, recovery writes it down and reads on. */
import { MapiError, type MapiErrorName } from "../mapi/errors";
import type { Problem } from "./types";

/** Most problems listed singly; a hostile file could have millions. */
const MAX_PROBLEMS = 1000;

/** What is wrong, before it is known whether it ends the reading. */
export interface Damage {
  readonly object: string;
  readonly offset?: number;
  /** One plain sentence. */
  readonly message: string;
  /** Whether data is lost or doubtful. Left out: it is. */
  readonly lossy?: boolean;
  /** Left out: STG_E_DOCFILECORRUPT. */
  readonly code?: MapiErrorName;
}

const withPlace = ({ object, offset, message }: Damage): string =>
  offset === undefined ? `${message} (in ${object})` : `${message} (${object}, offset ${offset})`;

/** The damage found while one file is read. */
export class DamageLog {
  readonly #problems: Problem[] = [];
  #unlisted = 0;

  /** @param recover whether to write damage down instead of throwing it */
  constructor(readonly recover: boolean) {}

  /** Throws the damage as MapiError, or lists it when the file is being recovered. */
  report(damage: Damage): void {
    const name = damage.code ?? "STG_E_DOCFILECORRUPT";
    const error = new MapiError(name, withPlace(damage));
    if (!this.recover) throw error;
    if (this.#problems.length >= MAX_PROBLEMS) {
      this.#unlisted++;
      return;
    }
    const { object, offset, message } = damage;
    const place = offset === undefined ? {} : { offset };
    this.#problems.push({ code: error.code, object, ...place, message, lossy: damage.lossy ?? true });
  }

  /** Everything listed; a last line counts what went over the limit. */
  get problems(): readonly Problem[] {
    if (this.#unlisted === 0) return this.#problems;
    const { code } = new MapiError("STG_E_DOCFILECORRUPT", "");
    const message = `${this.#unlisted} more problems were found.`;
    return [...this.#problems, { code, object: "file", message, lossy: true }];
  }
}
