SELECT ___ AS same_device, ___ AS not_self, ___ AS each_once
