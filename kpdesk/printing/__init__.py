"""Paper: a form and facts become one PDF; its pages become pictures. Imports kpdesk.domain and resources."""
