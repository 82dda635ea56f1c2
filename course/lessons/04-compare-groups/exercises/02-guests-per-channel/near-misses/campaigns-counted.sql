SELECT channel, COUNT(*) AS guests
FROM campaigns
GROUP BY channel
ORDER BY guests DESC, channel
