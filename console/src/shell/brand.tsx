export function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.8">
      <path stroke-opacity=".45" d="M16 16V5.5M16 16l10-3.2M16 16l6.2 8.5M16 16l-6.2 8.5M16 16L6 12.8" />
      <circle cx="16" cy="4.6" r="3" />
      <circle cx="27" cy="12.5" r="3" />
      <circle cx="22.8" cy="25.6" r="3" />
      <circle cx="9.2" cy="25.6" r="3" />
      <circle cx="5" cy="12.5" r="3" />
      <circle cx="16" cy="16" r="3.4" class="brand-heart" />
    </svg>
  );
}
