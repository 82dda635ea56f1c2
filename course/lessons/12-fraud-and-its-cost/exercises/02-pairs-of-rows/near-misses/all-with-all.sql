SELECT 25 AS same_device, 20 AS not_self, 10 AS each_once
