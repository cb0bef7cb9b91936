import { useUi } from '@pentad/ui/ui-context.tsx';

export function LanguageSwitch() {
  const { locale } = useUi();
  return (
    <span class="seg" role="group" aria-label={locale.t('language.title')}>
      <button
        type="button"
        lang="zh-CN"
        aria-pressed={locale.lang() === 'zh-CN'}
        onClick={() => locale.setLang('zh-CN')}
      >
        中文
      </button>
      <button type="button" lang="en" aria-pressed={locale.lang() === 'en'} onClick={() => locale.setLang('en')}>
        EN
      </button>
    </span>
  );
}
