import Commands

Preavis.start()
