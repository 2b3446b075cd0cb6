// convex-helpers 0.1.135

import type { DocumentOf, Runs } from "convex-lint";

export declare function filter<Q>(
  query: Q,
  predicate: Runs<(doc: DocumentOf<Q>) => Promise<boolean> | boolean>,
): Q;
