import "@hotwired/turbo";
import { startComposer } from "./composer.ts";
import { startRefreshing } from "./refreshing.ts";
import { startOpening } from "./opening.ts";
import { startTimes } from "./times.ts";

startComposer();
startOpening();
startTimes();
startRefreshing();
