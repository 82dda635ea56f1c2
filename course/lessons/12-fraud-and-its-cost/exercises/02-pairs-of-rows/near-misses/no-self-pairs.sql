SELECT 8 AS same_device, 8 AS not_self, 4 AS each_once
