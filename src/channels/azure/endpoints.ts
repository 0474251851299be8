/** Where Azure Direct Line is. Only tests know another place: no setting leads here. */
export const azureOrigin = 'https://directline.botframework.com';

/** What the widget may call at Azure, as sources of a content security policy. */
export const azureSources: readonly string[] = [azureOrigin, azureOrigin.replace('https:', 'wss:')];
