/** What answers requests of a page. */

/** A handler for each request of an area: takes the parameters the guards have checked, gives the result or throws. */
export type Handlers<Area> = {
  readonly [K in keyof Area]: Area[K] extends { params: infer Params; result: infer Result }
    ? (params: Params) => Result | Promise<Result>
    : never;
};

/**
 * Handlers whose code is loaded when the page first asks for something of their area. Requests are answered in the order
 * in which they came.
 * @param names the area's requests, as the keys of its guards
 */
export function laterHandlers<Area>(
  names: Readonly<Record<keyof Area, unknown>>,
  load: () => Promise<Handlers<Area>>,
): Handlers<Area> {
  let loading: Promise<Handlers<Area>> | undefined;
  const handle = async (name: keyof Area, params: unknown): Promise<unknown> => {
    loading ??= load();
    // The guard has checked the parameters against the name.
    const handler = (await loading)[name] as (params: unknown) => unknown;
    return handler(params);
  };
  const entries = Object.keys(names).map((name) => [
    name,
    (params: unknown) => handle(name as keyof Area, params),
  ]);
  return Object.fromEntries(entries) as Handlers<Area>;
}
