SELECT 13 AS same_device, 8 AS not_self, 8 AS each_once
