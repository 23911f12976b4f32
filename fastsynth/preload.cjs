// What NODE_OPTIONS names; each part says what it is for.
"use strict";

require("./lazy_archiver.cjs");
require("./lazy_index.cjs");
require("./finish_index.cjs");
