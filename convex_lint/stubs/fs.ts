// @types/node 26.6.6: of Node itself

import * as all from "fs";

export default all;
export * as promises from "fs/promises";
