update base.commits set counter = counter + 1;
