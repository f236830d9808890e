shipping |t where is my order
refund 1.0 'tag1|t I want my money back
shipping |t track my parcel please
