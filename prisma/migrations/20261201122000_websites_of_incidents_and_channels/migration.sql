-- Websites are hidden and never deleted, so every incident and channel has the one that it names.
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_websiteNo_fkey" FOREIGN KEY ("websiteNo") REFERENCES "Website"("no") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Channel" ADD CONSTRAINT "Channel_websiteId_fkey" FOREIGN KEY ("websiteId") REFERENCES "Website"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
