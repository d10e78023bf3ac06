import { captureRoutes } from './routes/capture.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { keyRoutes } from './routes/keys.ts';
import { reportRoutes } from './routes/reports.ts';
import { scanRoutes } from './routes/scans.ts';
import { shareRoutes } from './routes/share.ts';
import { templateRoutes } from './routes/templates.ts';
import { newRouter } from './router.ts';

/** Every route of the API, chained so that its type is the API's type. */
export const routes = newRouter()
  .route('/', healthRoutes)
  .route('/', keyRoutes)
  .route('/', templateRoutes)
  .route('/', scanRoutes)
  .route('/', captureRoutes)
  .route('/', eventRoutes)
  .route('/', shareRoutes)
  .route('/', reportRoutes);
