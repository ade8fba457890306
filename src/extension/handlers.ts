/** What answers requests of a page. */

/** A handler for each request of an area: takes the parameters the guards have checked, gives the result or throws. */
export type Handlers<Area> = {
  readonly [K in keyof Area]: Area[K] extends { params: infer Params; result: infer Result }
    ? (params: Params) => Result | Promise<Result>
    : never;
};
