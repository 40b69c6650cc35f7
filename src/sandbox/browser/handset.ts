import "@hotwired/turbo";
import { startComposer } from "./composer.ts";
import { startNews } from "./news.ts";
import { startOpening } from "./opening.ts";
import { startTimes } from "./times.ts";

startComposer();
startOpening();
startTimes();
startNews();
