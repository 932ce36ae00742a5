// grammY (grammy.dev) talks to the stand-in and reads our updates: what it got, as lines of JSON.
// node telegram_grammy.mjs ADDRESS TOKEN CALLS|UPDATES, the work on stdin.
import { readFileSync } from 'node:fs';
import { Bot, GrammyError, InlineKeyboard } from 'grammy';

const [address, token, work] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot: address } });
const tell = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const given = JSON.parse(readFileSync(0, 'utf8'));

if (work === 'calls') {
  for (const [method, parameters] of given) {
    if (parameters.buttons) {
      const keyboard = new InlineKeyboard();
      for (const [title, data] of Object.entries(parameters.buttons)) keyboard.text(title, data).row();
      parameters.reply_markup = keyboard;
      delete parameters.buttons;
    }
    try {
      const payload = Object.keys(parameters).length ? [parameters] : [];
      tell({ ok: true, result: await bot.api.raw[method](...payload) });
    } catch (error) {
      if (!(error instanceof GrammyError)) throw error;
      tell({ ok: false, code: error.error_code, said: error.description, more: error.parameters });
    }
  }
} else {
  let found = [];
  let about = {};
  const seen = (kind) => (_, next) => {
    found.push(kind);
    return next();
  };
  bot.use((ctx, next) => {
    about = { chat: ctx.chat?.id, from: ctx.from?.id, data: ctx.callbackQuery?.data };
    return next();
  });
  bot.command('start', seen('start'));
  bot.command('help', seen('help'));
  bot.on('message:text', seen('text'));
  bot.on('message:voice', seen('voice'));
  bot.on('message:photo', seen('photo'));
  bot.on('message:caption', seen('caption'));
  bot.on('message:entities:mention', seen('mention'));
  bot.on('edited_message:text', seen('edited'));
  bot.on('callback_query:data', seen('pressed'));
  bot.on('my_chat_member', seen('member'));
  await bot.init();
  for (const update of given) {
    found = [];
    await bot.handleUpdate(update);
    tell({ found, ...about });
  }
}
