import "@hotwired/turbo";
import { startComposer } from "./composer.ts";
import { startMorphing } from "./morphing.ts";
import { startNews } from "./news.ts";
import { startTimes } from "./times.ts";

startComposer();
startMorphing();
startTimes();
startNews();
