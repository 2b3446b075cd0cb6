// @types/node 26.6.6: of Node itself

import * as all from "timers";

export default all;
export * as promises from "timers/promises";
