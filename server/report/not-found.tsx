/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import { Layout } from './layout.tsx';

export const NotFoundPage = () => (
  <Layout title="No report here">
    <main class="narrow">
      <h1>There is no report at this address</h1>
      <p>
        It may have been erased, its sharing may have ended, or it may not be shared with you. If it is yours, open it
        from the panel of the extension.
      </p>
    </main>
  </Layout>
);
