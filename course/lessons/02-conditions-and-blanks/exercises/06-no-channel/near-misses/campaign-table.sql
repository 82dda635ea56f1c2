SELECT campaign_id, starts_on
FROM campaigns
WHERE channel IS NULL
ORDER BY starts_on DESC, campaign_id
LIMIT 20
