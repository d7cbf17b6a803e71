/** Starts whatever a page of the desk holds; every part is found by its data attributes and does nothing where it is not. */
import { startEditors } from "./editor.js";
import { startFolds } from "./folds.js";
import { startForms } from "./forms.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startQueue } from "./queue.js";
import { startRefresh } from "./refresh.js";

startForms();
startFolds();
startEditors();
startQueue(); // before the keys: a row answers first
startKeys();
startRefresh();
startLive();
