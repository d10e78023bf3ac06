export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  frameId?: number | undefined;
  tab?: unknown;
}

/** Whether a message comes from our own panel, in the side panel or opened as a tab, and not from a page or a frame in one. */
export function isOwnPanel(sender: Sender, extensionId: string, panelUrl: string): boolean {
  if (sender.id !== extensionId || sender.url === undefined) return false;
  if (sender.tab !== undefined && sender.frameId !== 0) return false;
  const [address] = sender.url.split(/[?#]/);
  return address === panelUrl;
}
