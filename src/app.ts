import type { IncomingMessage, RequestListener } from "node:http";
import { relative } from "node:path";
import express, { type Express } from "express";
import { publicDir, viewsDir, type Dependencies } from "./dependencies.ts";
import { assets, assetVersion } from "./middleware/assets.ts";
import { audit as auditing } from "./middleware/audit.ts";
import { allowedHosts } from "./middleware/allowedHosts.ts";
import { compressed } from "./middleware/compressed.ts";
import { crowding } from "./middleware/crowding.ts";
import { csrf } from "./middleware/csrf.ts";
import { errors, notFound } from "./middleware/errors.ts";
import { forms } from "./middleware/forms.ts";
import { httpsOnly } from "./middleware/httpsOnly.ts";
import { measuring } from "./middleware/measuring.ts";
import { pages } from "./middleware/pages.ts";
import { securityHeaders } from "./middleware/securityHeaders.ts";
import { sessions } from "./middleware/session.ts";
import type { Signatures } from "./middleware/twilioSignature.ts";
import { uploads } from "./middleware/uploads.ts";
import { pageRoutes } from "./routes/pages.ts";
import { quickTexts } from "./routes/quickTexts.ts";
import { supervisorRoutes } from "./routes/supervisors.ts";
import { webhookRoutes } from "./routes/webhooks.ts";
import type { Render } from "./templates.ts";

/** Everything that is asked of this server over HTTP. */
export function createListener(dependencies: Dependencies): RequestListener {
  const { models, audit, onAnswer } = dependencies;
  const app = createApp(dependencies);
  // As Express does it for every request.
  const addressOf = (request: IncomingMessage) =>
    (Object.setPrototypeOf(request, app.request) as express.Request).ip;
  const parts = { ...signaturesOf(dependencies), messages: models.messages, addressOf, audit, onAnswer };
  return quickTexts(parts, app);
}

function signaturesOf({ config, models, verifySignature }: Dependencies): Signatures {
  const { accounts, webhookRefusals: refusals } = models;
  return { accounts, verifySignature, publicUrl: config.publicUrl, refusals };
}

/** Every middleware and router, in order. */
function createApp(dependencies: Dependencies): Express {
  const { config, controllers, models, store, render, viewLocals, cookieKeys, onAnswer, report, audit } =
    dependencies;
  const { publicUrl, sessionTerms, trustProxy } = config;
  const app = express();
  app.set("trust proxy", trustProxy);
  app.disable("x-powered-by");
  useViews(app, render, viewLocals);

  app.use(measuring(onAnswer));
  app.use(auditing(audit));
  app.use(securityHeaders(publicUrl));
  app.use(allowedHosts(publicUrl));
  app.use(supervisorRoutes(controllers));
  app.use(webhookRoutes(controllers, signaturesOf(dependencies)));
  app.use(httpsOnly(publicUrl));
  app.use(assets(publicDir));
  app.use(compressed);
  app.use(
    sessions({
      secret: cookieKeys,
      createStore: () => store.sessionStore(),
      publicUrl,
      longestMs: sessionTerms.longestMs,
    }),
  );
  app.use(crowding());
  app.use(forms());
  app.use(uploads());
  app.use(pages);
  app.use(csrf);
  app.use(pageRoutes(controllers, models.accounts, store.events));
  app.use(notFound);
  app.use(errors(report));
  return app;
}

function useViews(app: Express, render: Render, viewLocals: object): void {
  app.set("views", [viewsDir]);
  app.engine("ejs", (path, locals, done) => {
    const html = render(relative(viewsDir, path).slice(0, -".ejs".length), locals);
    done(null, html);
  });
  app.set("view engine", "ejs");
  app.set("view cache", true);
  Object.assign(app.locals, viewLocals, { assetVersion: assetVersion(publicDir) });
}
