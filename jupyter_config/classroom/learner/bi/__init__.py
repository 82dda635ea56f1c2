"""The BI room: saved queries, visualisations, dashboards, alerts, and the nights in which they run by themselves."""
