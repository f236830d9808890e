FROM golang:1.2
RUN apt-get update
COPY . .
CMD ["x"]
