"""The GOV.UK design system for Django: layouts, forms, components and charts. Knows nothing of the domain."""
