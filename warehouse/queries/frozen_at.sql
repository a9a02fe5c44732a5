select frozen_at from base.issues where week = $week;
