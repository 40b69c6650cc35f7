import "@hotwired/turbo";
import { startComposer } from "./composer.ts";
import { startDialogs } from "./dialogs.ts";
import { startDrafts } from "./drafts.ts";
import { startLive } from "./live.ts";
import { startReading } from "./reading.ts";
import { startRefreshing } from "./refresh.ts";
import { defineStreamActions } from "./streamActions.ts";
import { startTimes } from "./times.ts";

defineStreamActions();
startRefreshing();
startTimes();
startDialogs();
startDrafts();
startComposer();
startReading();
startLive();
