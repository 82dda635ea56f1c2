SELECT 13 AS same_device, 4 AS not_self, 4 AS each_once
