/**
 * Hostile mail: every way of loading, running or leaving that we know, most of them made by combining carriers (where an
 * address or script can stand) with disguises (how it can be written). A script that runs calls `pwned`; a request goes to
 * the given server. Those of HTML are here; those of RTF and of text in `vectors/rtf.ts` and `vectors/text.ts`.
 */
import { LOADERS, URL_DISGUISES } from "./vectors/elements";
import { MUTATIONS, NESTED } from "./vectors/encodings";
import type { Vector, VectorKind } from "./vectors/kit";
import {
  ADDRESS_PLACES,
  HANDLER_PLACES,
  HANDLERS,
  OTHER_ADDRESSES,
  SCRIPT_PLACES,
  SCRIPT_SCHEMES,
} from "./vectors/schemes";
import { CSS_PLACES, CSS_VALUES, SHEETS } from "./vectors/styles";

/** Every vector, against one server. */
export function vectors(server: URL): readonly Vector[] {
  const url = `${server.href}hit`;
  const of = (kind: VectorKind, name: string, html: string): Vector => ({ kind, name, html });
  return [
    ...LOADERS.flatMap(([kind, name, write]) =>
      URL_DISGUISES.map(([disguise, hide]) => of(kind, `load: ${name}, ${disguise}`, write(hide(url)))),
    ),
    ...CSS_VALUES.flatMap(([value, write]) =>
      CSS_PLACES.map(([place, carry]) => of("CSS url()", `css: ${value}, ${place}`, carry(write(url), url))),
    ),
    ...SHEETS.map(([kind, name, write]) => of(kind, `sheet: ${name}`, write(url))),
    ...ADDRESS_PLACES.flatMap(([place, carry]) =>
      OTHER_ADDRESSES.map(([kind, name, write]) =>
        of(kind, `address: ${name}, ${place}`, carry(write(server))),
      ),
    ),
    ...SCRIPT_PLACES.flatMap(([kind, place, carry]) =>
      SCRIPT_SCHEMES.map((scheme, index) => of(kind, `script: ${place}, ${index}`, carry(scheme))),
    ),
    ...HANDLER_PLACES.flatMap(([place, carry]) =>
      HANDLERS.split(" ").map((handler) => of("handler", `handler: ${place}, ${handler}`, carry(handler))),
    ),
    ...NESTED.map(([name, write]) => of("nested encoding", `nested: ${name}`, write(url))),
    ...MUTATIONS.map((html, index) => of("mutation XSS", `mutation: ${index}`, html)),
  ];
}
