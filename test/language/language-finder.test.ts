import assert from 'node:assert/strict';
import { createLanguageFinder } from '../../src/language/language-finder.ts';
import { content, trainedModel } from '../support/fakes.ts';

const find = createLanguageFinder('en', trainedModel());

const foreign: Readonly<Record<string, string>> = {
  'ich kann mich seit gestern nicht mehr anmelden': 'de',
  'Warum ist mein Export gesperrt?': 'de',
  'je ne peux plus me connecter à mon compte': 'fr',
  'no puedo entrar en mi cuenta desde ayer': 'es',
  'não consigo exportar os relatórios': 'pt',
  'non riesco ad accedere al mio account': 'it',
  'ik kan niet meer inloggen op mijn account': 'nl',
  'nie mogę się zalogować na swoje konto': 'pl',
  'jag kan inte logga in på mitt konto': 'sv',
  'jeg kan ikke logge ind på min konto': 'da',
  'hesabıma giremiyorum': 'tr',
  'не могу войти в аккаунт': 'ru',
  'не можу увійти в обліковий запис': 'uk',
  アクセスが拒否されました: 'ja',
  访问被拒绝: 'zh',
  '액세스가 거부되었습니다': 'ko',
  'لا أستطيع الدخول إلى حسابي': 'ar',
  'मैं लॉग इन नहीं कर पा रहा हूँ': 'hi',
  'Zugriff verweigert': 'de',
  'je ne peux pas exporter': 'fr',
  'no puedo entrar': 'es',
};
const own = [
  'I can’t export anymore',
  'acess denid on the exprot',
  'forbiden',
  'pls help',
  'asdf qwertz uiop',
  'ERR_ACCESS_DENIED',
  'my colleague Jürgen Müller-Lüdenscheidt cannot open the dashboard',
  'São Paulo',
  'Köln office',
  'München',
  'Zürich',
  'Jean-Luc Picard',
  'Škoda Auto',
  'Łódź, Kraków, Gdańsk',
  'I am in São Paulo',
  '',
  '👍👍',
  '12345',
];

describe('another language than the content’s', () => {
  for (const [text, language] of Object.entries(foreign))
    it(`is noticed: ${language} in "${text}"`, async () => assert.equal(await find(text), language));

  it('has words in content/languages.yaml, for each of these', () => {
    assert.deepEqual([...content.languages.others.keys()].sort(), [...new Set(Object.values(foreign))].sort());
  });

  for (const text of own)
    it(`is not noticed in ${JSON.stringify(text)}`, async () => assert.equal(await find(text), null));

  it('is not noticed in our own English examples, but for some', async () => {
    const texts = content.intents.filter(({ slug }) => slug !== 'other').flatMap(({ utterances }) => utterances);
    let noticed = 0;
    for (const text of texts) if ((await find(text)) !== null) noticed += 1;
    assert.ok(noticed / texts.length < 0.005, `${noticed} of ${texts.length}`);
  });

  it('is the content’s own when the content is written in it', async () => {
    const findOther = createLanguageFinder('de', trainedModel());
    assert.equal(await findOther('ich kann mich seit gestern nicht mehr anmelden'), null);
  });
});
