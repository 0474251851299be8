import assert from 'node:assert/strict';
import { createForeignPhraseFinder } from '../../src/language/foreign-phrases.ts';
import { content, recognizer, trainedModel } from '../support/fakes.ts';

const find = createForeignPhraseFinder(
  content.languages.others,
  new Set(trainedModel().wordCounts.map(([word]) => word)),
);

/** Wishes for a person, a yes and a no, as people type them. */
const said: Readonly<Record<string, readonly [asks: readonly string[], yes: string, no: string]>> = {
  de: [
    [
      'Ich möchte bitte mit einem Menschen sprechen!',
      'kann ich mit jemandem reden?',
      'EINEN MITARBEITER BITTE',
      'gibt es einen echten Menschen hier',
      'kein Bot bitte, das bringt nichts',
    ],
    'Ja, bitte!',
    'nein, danke',
  ],
  fr: [
    [
      'Je voudrais parler à quelqu’un',
      'puis-je parler a un humain svp',
      "passez-moi un conseiller s'il vous plaît",
      'je veux une VRAIE personne',
      'où est le service client ?',
    ],
    "d'accord",
    'Non merci.',
  ],
  es: [
    [
      'quiero hablar con una persona',
      'necesito hablar con alguien ya!!',
      '¿hay una persona real?',
      'páseme con un agente humano',
      'donde esta la atencion al cliente',
    ],
    'Sí, por favor',
    'no, gracias',
  ],
  pt: [
    [
      'quero falar com alguem',
      'posso falar com um atendente?',
      'preciso de atendimento humano',
      'tem um humano aí',
      'gostaria de falar com o suporte agora',
    ],
    'Sim!',
    'nao obrigado',
  ],
  it: [
    [
      'vorrei parlare con un operatore',
      'posso parlare con qualcuno?',
      'voglio una persona vera',
      'dov’è il servizio clienti',
      'chiamatemi per favore',
    ],
    'si, grazie',
    'No, grazie',
  ],
  nl: [
    [
      'ik wil met een medewerker praten',
      'kan ik iemand spreken?',
      'geef mij een echt mens',
      'waar is de klantenservice',
      'GEEN ROBOT graag',
    ],
    'ja graag',
    'nee bedankt',
  ],
  pl: [
    [
      'chcę porozmawiać z człowiekiem',
      'chce porozmawiac z kims',
      'proszę połączyć z konsultantem',
      'czy jest tu żywy człowiek?',
      'gdzie jest obsługa klienta',
    ],
    'Tak, proszę',
    'nie dziekuje',
  ],
  sv: [
    [
      'jag vill prata med en människa',
      'kan jag fa prata med nagon',
      'ge mig en riktig människa',
      'var är kundtjänst?',
      'ring mig i morgon',
    ],
    'japp',
    'nix',
  ],
  da: [
    [
      'jeg vil gerne snakke med et menneske',
      'kan jeg tale med en medarbejder?',
      'er der et rigtigt menneske her',
      'jeg skal bruge kundeservice',
      'I må gerne ringe, altså ring til mig',
    ],
    'jo tak',
    'slet ikke',
  ],
  tr: [
    [
      'müşteri temsilcisi ile görüşmek istiyorum',
      'biriyle konusmak istiyorum',
      'beni temsilciye bağlayın',
      'canlı destek var mı?',
      'gerçek bir insan lütfen',
    ],
    'evet lütfen',
    'Hayır!',
  ],
  ru: [
    [
      'хочу поговорить с человеком',
      'позовите оператора!!!',
      'Соедините с живым человеком',
      'где служба поддержки',
      'перезвоните мне завтра',
    ],
    'Да, пожалуйста',
    'нет, спасибо',
  ],
  uk: [
    [
      'хочу поговорити з людиною',
      'покличте оператора, будь ласка',
      'мені потрібна людина',
      'де служба підтримки?',
      'з’єднайте мене з кимось',
    ],
    'так, будь ласка',
    'ні, дякую',
  ],
  ja: [
    [
      '担当者と話したいです',
      '人と話せますか？',
      'オペレーターにつないでください',
      'サポートに連絡したい',
      '明日電話してください',
    ],
    'はい',
    'いいえ',
  ],
  zh: [['我要转人工', '请帮我联系客服', '有没有真人？', '我想和人说话', '给我人工服务'], '好的。', '不用了'],
  ko: [
    [
      '상담원 연결해 주세요',
      '사람과 이야기하고 싶어요',
      '담당자 바꿔주세요',
      '고객센터 어디예요?',
      '직원 연결 부탁드립니다',
    ],
    '네!',
    '아니요',
  ],
  ar: [
    ['أريد التحدث مع شخص', 'ممكن اتكلم مع موظف؟', 'وين خدمة العملاء', 'اريد شخص حقيقي', 'اتصلوا بي غدا'],
    'نعم',
    'لا شكراً',
  ],
  hi: [
    [
      'मुझे किसी इंसान से बात करनी है',
      'क्या मैं एजेंट से बात कर सकता हूँ?',
      'कस्टमर केयर का नंबर दो',
      'सपोर्ट टीम से जोड़ो',
      'मुझे कॉल करो',
    ],
    'जी हाँ',
    'नहीं',
  ],
};

describe('in another language', () => {
  it('each of content/languages.yaml is tried here', () => {
    assert.deepEqual(Object.keys(said).sort(), [...content.languages.others.keys()].sort());
  });

  for (const [language, [asks, yes, no]] of Object.entries(said)) {
    for (const ask of asks)
      it(`${language}: "${ask}" asks for a person`, () =>
        assert.deepEqual(find(ask), { intent: 'hand-off', language }));
    it(`${language}: "${yes}" and "${no}" answer`, () => {
      assert.deepEqual(find(yes), { intent: 'yes', language });
      assert.deepEqual(find(no), { intent: 'no', language });
    });
  }

  it('what several languages say is an answer in none of them', () => {
    assert.deepEqual(find('Ja!'), { intent: 'yes', language: null });
    assert.deepEqual(find('nej'), { intent: 'no', language: null });
  });

  it('what is English too is left to English', () => {
    for (const text of [
      'no',
      'ok',
      'human',
      'agent',
      'support',
      'real',
      'a real human please',
      'Nein Danke Cafe is our name',
    ])
      assert.equal(find(text), null, text);
  });

  it('a listed phrase that is an English word is passed over', () => {
    const es = { asks: ['agent', 'un agente'], yes: ['vale'], no: ['no', 'no gracias'] };
    const findIn = createForeignPhraseFinder(new Map([['es', es]]), new Set(['no', 'agent']));
    assert.deepEqual([findIn('no'), findIn('an agent please')], [null, null]);
    assert.deepEqual(findIn('No, gracias'), { intent: 'no', language: 'es' });
  });

  it('no English example is taken for another language, but for the foreign ones among them', () => {
    const taken = content.intents.flatMap(({ slug, utterances }) =>
      utterances.flatMap((text) => {
        const found = find(text);
        return found && found.intent !== slug
          ? [`${slug}: ${text} as ${found.intent} of ${String(found.language)}`]
          : [];
      }),
    );
    assert.deepEqual(taken, []);
  });

  it('is certain, and keeps what is named', async () => {
    const { intent, confidence, language, entities, alternatives } = await recognizer().recognize(
      'ich kann nicht exportieren, Export 403, ich will mit einem Mitarbeiter reden',
    );
    assert.deepEqual([intent, confidence, language, alternatives], ['hand-off', 1, 'de', []]);
    assert.deepEqual([entities.feature, entities.errorCode], ['export', '403']);
  });
});
