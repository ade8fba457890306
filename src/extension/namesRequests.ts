/** Answers to the request behind the Names view. */
import * as vscode from "vscode";
import {
  hex8,
  type ListedName,
  type NameMapProblem,
  propId,
  propType,
  type PropertyDictionary,
} from "../core";
import { MAX_USES, type NameRow, type NamesRequests } from "../protocol/names";
import type { Handlers } from "./handlers";
import { objectsWithProperties } from "./searchRequests";
import type { RowContext } from "./viewModel/rows";
import { treeOf } from "./viewModel/tree";

/** Most problems that are listed. */
const MAX_PROBLEMS = 200;
const FIRST_NAMED_ID = 0x8000;

const hex4 = (value: number): string => hex8(value).slice(4);
/** "1012" of "__substg1.0_10120102". */
const bucketName = (stream: string): string => stream.slice(-8, -4);

/** A problem of the map as a sentence. */
export function problemText(problem: NameMapProblem): string {
  switch (problem.kind) {
    case "nameless":
      return vscode.l10n.t(
        "The entry of {0} names nothing: its property set or its text is not in the map.",
        hex4(problem.id),
      );
    case "outOfPlace":
      return vscode.l10n.t(
        "The entry of {0} stands at place {1} of the entry stream; readers that go by the place take it for {2}.",
        hex4(problem.id),
        problem.position,
        hex4(FIRST_NAMED_ID + problem.position),
      );
    case "sameName":
      return vscode.l10n.t("{0} has the same name as {1}.", hex4(problem.id), hex4(problem.other));
    case "sameId":
      return vscode.l10n.t("More than one entry has the id {0}.", hex4(problem.id));
    case "notInBucket":
      return vscode.l10n.t(
        "{0} is not in its lookup stream {1}: programs that look names up there do not find it.",
        hex4(problem.id),
        bucketName(problem.stream),
      );
    case "strayRecord":
      return vscode.l10n.t(
        "The lookup stream {0} has a record for {1} that agrees with no entry.",
        bucketName(problem.stream),
        hex4(problem.id),
      );
    case "noBuckets":
      return vscode.l10n.t(
        "The map has no lookup streams, as in files of the new Outlook. Ids are found by the entries alone.",
      );
    case "cutStream":
      return vscode.l10n.t(
        "The stream {0} ends with {1} bytes that are no whole record.",
        problem.stream,
        problem.rest,
      );
  }
}

interface Uses {
  readonly listed: { readonly object: string; readonly tag: number }[];
  count: number;
}

/** Which properties have which id, over all objects. */
function usesById(context: RowContext): Map<number, Uses> {
  const { outline, dictionary } = context;
  const uses = new Map<number, Uses>();
  for (const object of objectsWithProperties(treeOf({ outline, dictionary, editable: false }))) {
    for (const { tag, change } of outline.properties(object)) {
      const id = propId(tag);
      if (id < FIRST_NAMED_ID || change === "deleted") continue;
      const known = uses.get(id) ?? { listed: [], count: 0 };
      known.count++;
      if (known.listed.length < MAX_USES) known.listed.push({ object, tag });
      uses.set(id, known);
    }
  }
  return uses;
}

function nameRow(dictionary: PropertyDictionary, listed: ListedName, uses: Uses | undefined): NameRow {
  const { id, name, bucket, problems } = listed;
  const [first] = uses?.listed ?? [];
  const description = name && dictionary.describeNamed(name, first && propType(first.tag));
  return {
    id,
    words: description?.words ?? hex4(id),
    canonicalName: description?.name ?? "",
    guid: name?.guid ?? "",
    setName: (name && dictionary.guidName(name.guid)) ?? "",
    localId:
      name === undefined
        ? ""
        : "id" in name
          ? `0x${name.id.toString(16).toUpperCase().padStart(4, "0")}`
          : name.name,
    isText: name !== undefined && "name" in name,
    bucket: bucket === undefined ? "" : bucketName(bucket),
    uses: uses?.listed ?? [],
    useCount: uses?.count ?? 0,
    problems: problems.map(problemText),
  };
}

/** The map of named properties with who uses what. */
export function namesOf(context: RowContext): NamesRequests["getNames"]["result"] {
  const { names, problems } = context.outline.nameMap();
  const uses = usesById(context);
  return {
    names: names.map((listed) => nameRow(context.dictionary, listed, uses.get(listed.id))),
    problems: problems.slice(0, MAX_PROBLEMS).map(problemText),
    problemCount: names.reduce((sum, listed) => sum + listed.problems.length, problems.length),
  };
}

/** Handlers of the requests of `protocol/names.ts`, for one page. */
export function namesRequests(context: () => RowContext): Handlers<NamesRequests> {
  return { getNames: () => namesOf(context()) };
}
