/** What the conversation's page needs beside desk.js. */
import { startDialogs } from "./dialogs.js";
import { startExposure } from "./exposure.js";
import { startGaps } from "./gaps.js";
import { startOpening } from "./opening.js";

startDialogs();
startGaps();
startExposure();
startOpening();
